// Reading Vietnamese numbers before the server answers: the twin of vietnamese/numbers.py and vietnamese/measures.py.
// vietnamese/number_cases.json drives both; where they differ the server is right.
"use strict";

(function () {
  const TOO_LARGE = 10n ** 11n;

  // --- Text -----------------------------------------------------------------------------------------------------

  const trim = (text, characters) => text.replace(new RegExp(`^[${characters}]+|[${characters}]+$`, "g"), "");
  const fold = (text) => text.toLowerCase().replace(/[đðɖ]/g, "d").normalize("NFD").replace(/\p{M}/gu, "");
  const words = (text) => fold(text).replace(/[^0-9a-z]+/g, " ").trim();
  const marks = (text) => [...text.toLowerCase().normalize("NFD")].filter((one) => /[đ\p{M}]/u.test(one)).sort().join("");

  function sameWords(one, other) {
    const [first, second] = [marks(one), marks(other)];
    return words(one) === words(other) && (first === second || !first || !second);
  }

  function clean(text) {
    return text.normalize("NFC")
      .replace(/[\uff01-\uff5e]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0))
      .replace(/[\u2010-\u2014\u2212\ufe63]/g, "-")
      .replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, " ")
      .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, "")
      .replace(/’/g, "'").trim().replace(/ +/g, " ")
      .replace(/(?<![\p{L}\p{Nl}\p{No}])(k?m)\s?\^?2(?![0-9.,])/giu, "$1²");
  }

  // --- Exact decimals: digits × 10^exponent -----------------------------------------------------------------------

  const decimal = (digits, exponent) => ({ digits, exponent });
  const size = (number) => number < 0n ? -number : number;
  const places = (number) => Math.max(0, -number.exponent);
  const atPlaces = (number, count) => number.digits * 10n ** BigInt(number.exponent + count);

  function isEqual(one, other) {
    const count = Math.max(places(one), places(other));
    return atPlaces(one, count) === atPlaces(other, count);
  }

  function rounded(number, count) {
    if (-number.exponent <= count) return decimal(atPlaces(number, count), -count);
    const step = 10n ** BigInt(-number.exponent - count);
    const up = (size(number.digits) * 2n + step) / (step * 2n);
    return decimal(number.digits < 0n ? -up : up, -count);
  }

  function plain(number) {
    const count = places(number);
    const text = size(atPlaces(number, count)).toString().padStart(count + 1, "0");
    const whole = text.slice(0, text.length - count);
    return (number.digits < 0n ? "-" : "") + whole + (count ? `.${text.slice(-count)}` : "");
  }

  function trimmed(number) {
    const [whole, part = ""] = plain(number).split(".");
    const rest = part.replace(/0+$/, "");
    return whole.replace(/\B(?=(\d{3})+$)/g, ".") + (rest && `,${rest}`);
  }

  // --- Units ------------------------------------------------------------------------------------------------------

  const MULTIPLIERS = {
    "trăm": 2, tram: 2, "nghìn": 3, "ngàn": 3, nghin: 3, ngan: 3, k: 3, "vạn": 4,
    "triệu": 6, trieu: 6, tr: 6, "tỷ": 9, "tỉ": 9, ty: 9, ti: 9,
  };
  const MEASURES = {};
  const KINDS = {
    money: "đồng=0 dong=0 đ=0 d=0 vnđ=0 vnd=0",
    area: "m²=0 mét_vuông=0 met_vuong=0 m_vuông=0 ha=4 héc_ta=4 hec_ta=4 hecta=4 hécta=4 km²=6",
    mass: "g=0 gam=0 kg=3 yến=4 tạ=5 tấn=6",
    length: "cm=0 m=2 mét=2 km=5",
    percent: "%=0 phần_trăm=0 phan_tram=0 điểm_%=0",
  };
  for (const [kind, names] of Object.entries(KINDS)) {
    for (const one of names.split(" ")) {
      const [name, power] = one.split("=");
      MEASURES[name.replace("_", " ")] = { kind, size: Number(power) };
    }
  }
  const SAME_THINGS = [
    ["lượt", "lượt khách", "khách", "du khách", "khách du lịch"], ["căn", "căn nhà", "nhà"],
    ["người", "ng", "đ/c"], ["trẻ", "trẻ em", "cháu", "em"], ["dự án", "da", "d án"],
  ];
  const THOUSAND_MONEY = /^ng\s?(đồng|dong|đ|d|vnđ|vnd)$/;
  const MULTIPLIED = new RegExp(`^(${Object.keys(MULTIPLIERS).join("|")})(?:\\s+(.+)|(đồng|dong|đ|d|vnđ|vnd))?$`, "u");
  const isShort = (written) => written.toLowerCase().split(/[\s.]/)[0] === "k";
  const measureOf = (noun) => Object.hasOwn(MEASURES, noun) ? MEASURES[noun] : { kind: "count", size: 0 };

  function parseMeasure(text) {
    const name = trim(text.normalize("NFC").toLowerCase().replace(/[\s.-]+/g, " "), " ,;:()");
    if (THOUSAND_MONEY.test(name)) return { kind: "money", size: 0, multiplier: 3, noun: "đồng" };
    const found = Object.hasOwn(MEASURES, name) ? null : MULTIPLIED.exec(name);
    if (!found) return { ...measureOf(name), multiplier: 0, noun: name };
    const noun = found[2] || found[3] || "";
    return { ...measureOf(noun), multiplier: MULTIPLIERS[found[1]], noun };
  }

  function isSimilar(one, other) {
    if (SAME_THINGS.some((group) => group.includes(one) && group.includes(other))) return true;
    const [shorter, longer] = [one.split(" "), other.split(" ")].sort((a, b) => a.length - b.length);
    const ends = [longer.slice(0, shorter.length), longer.slice(-shorter.length)];
    return Boolean(shorter[0]) && ends.some((end) => sameWords(shorter.join(" "), end.join(" ")));
  }

  function convert(written, unit) {
    if (!written) return { shift: 0, isSure: true };
    const given = parseMeasure(written);
    if (!unit) {
      const isMeasure = given.kind !== "count" && given.multiplier === 0;
      return { shift: given.multiplier, isSure: isMeasure || !(given.noun || isShort(written)) };
    }
    const alike = (sign) => written.includes(sign) === unit.includes(sign);
    if (sameWords(written, unit) && alike("%") && alike("²")) return { shift: 0, isSure: true };
    const wanted = parseMeasure(unit);
    if (given.kind === "count" && !given.noun && wanted.kind !== "percent") {
      const shift = given.multiplier - wanted.multiplier;
      return { shift, isSure: (wanted.kind === "count" && wanted.multiplier === 0 && !isShort(written)) || shift === 0 };
    }
    if (given.kind !== wanted.kind) return null;
    const shift = given.multiplier + given.size - wanted.multiplier - wanted.size;
    if (given.kind !== "count") return { shift, isSure: shift === 0 };
    if (sameWords(given.noun, wanted.noun)) return { shift, isSure: (wanted.multiplier === 0 && !isShort(written)) || shift === 0 };
    return isSimilar(given.noun, wanted.noun) ? { shift, isSure: false } : null;
  }

  // --- Reading ----------------------------------------------------------------------------------------------------

  const REFUSALS = [
    [".{61,}", "quá dài để là một số: mỗi ô chỉ nhập một số."],
    [".*[\\t\\r\\n].*", "có nhiều ô hoặc nhiều dòng: mỗi ô chỉ nhập một số."],
    ["[0-9.,]*[oil][0-9oil.,]*[0-9][0-9oil.,]*|[0-9][0-9.,]*o+|o", "có chữ O hoặc chữ l thay cho số: gõ lại bằng chữ số."],
    ["((lũy|luỹ|luy) ?(kế|ke)|lk)(?![\\p{L}\\p{N}_]).*|.*[0-9].*(?<![\\p{L}\\p{N}_])((lũy|luỹ|luy) ?(kế|ke)|lk)(?![\\p{L}\\p{N}_]).*",
      "ghi là lũy kế: nhập riêng số; số lũy kế ở dòng nhập số trong kỳ thì đánh dấu ở Chi tiết."],
    ["=.*", "là công thức: nhập kết quả bằng số."],
    ["#.*", "là ô báo lỗi hoặc ô quá hẹp của Excel: sửa ở Excel rồi nhập lại."],
    ["[-.,…/]+|(không|khong|ko|kps|chưa|chua|n/a|k/c)(?![\\p{L}\\p{N}_])[^0-9]*|0 (có|co|phát sinh|phat sinh|ps)",
      "không phải là số: nhập 0 nếu số liệu bằng không, hoặc chọn “Không phát sinh”."],
    ["[0-9]{1,2} ?[/.\\-] ?[0-9]{1,2} ?[/.\\-] ?[0-9]{4}", "là ngày tháng: ô này nhập số."],
    ["(.*[0-9] ?[/⁄] ?[0-9].*)|(.*[¼½¾].*)", "là phân số: nhập số thập phân, ví dụ 0,5."],
    ["[+\\-]?[0-9.,]+e[+\\-]?[0-9]+", "là số Excel đã viết tắt: nhập đủ các chữ số."],
    [".*[0-9] ?(-|~|đến|tới) ?[0-9].*", "là một khoảng: nhập một số."],
    [".*[0-9] ?[+*x×:] ?[0-9].*", "là phép tính: nhập kết quả."],
    [".*[0-9.,][⁰¹²³⁴⁵⁶⁷⁸⁹].*", "có số chú thích đi kèm: bỏ số chú thích rồi nhập lại."],
  ].map(([pattern, sentence]) => [new RegExp(`^(?:${pattern})$`, "isu"), sentence]);
  const NOT_A_NUMBER = "không phải là số: nhập bằng chữ số, ví dụ 1.234,5.";
  const SEVERAL = "có hơn một số: mỗi ô chỉ nhập một số.";
  const SHAPE = /^([^0-9+\-(.,]*)(\(?)\s*([+-]?)\s*([0-9.,][0-9., ]*)(\)?)\s*([^0-9]*)$/u;
  const APPROXIMATELY = new Set(
    ("khoang|chung|xap xi|uoc|uoc dat|uoc tinh|uth|gan|tren|hon|duoi|it nhat|toi thieu|toi da|khong qua|khong duoi|dat"
      + "|~|≈|>|<|≥|≤|>=|<=").split("|"));
  const VIETNAMESE = /^([0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+)?(?:,([0-9]+))?$/;
  const ENGLISH = /^([0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+)?(?:\.([0-9]+))?$/;

  const SAID = new RegExp("^([0-9]{1,3}) ?(tỷ|tỉ|ty|triệu|trieu|tr|nghìn|nghin|ngàn) ?([0-9]{1,3})"
    + "(?: ?(triệu|trieu|tr|nghìn|nghin|ngàn))?([^0-9]*)$", "iu");

  class Unreadable extends Error {}

  function refuse(text, sentence) {
    throw new Unreadable(`“${text}” ${sentence}`);
  }

  // "1tr2" → "1,2 tr", "4 tỷ 700 triệu" → "4,700 tỷ"; "" for whatever else.
  function asOneNumber(cleaned) {
    const found = SAID.exec(cleaned);
    if (!found) return "";
    const [, whole, unit, part, less, after] = found;
    if (less && convert(unit, less)?.shift !== 3) return "";
    return `${whole},${less ? part.padStart(3, "0") : part} ${unit}${after}`;
  }

  function takeApart(cleaned) {
    const letters = [...cleaned];
    const shown = letters.length <= 60 ? cleaned : `${letters.slice(0, 40).join("")}…`;
    const refusal = REFUSALS.find(([pattern]) => pattern.test(cleaned));
    if (refusal) refuse(shown.split(/\s+/).join(" "), refusal[1]);
    const shape = SHAPE.exec(cleaned);
    if (!shape) refuse(shown, (cleaned.match(/[0-9][0-9.,]*/g) || []).length > 1 ? SEVERAL : NOT_A_NUMBER);
    const [, prefix, open, sign, written, close] = shape;
    const before = trim(fold(prefix), " :'");
    let after = shape[6].trim();
    if (open && !close) {
      if (!after.endsWith(")")) refuse(shown, NOT_A_NUMBER);
      after = after.slice(0, -1);
    } else if (close && !open) refuse(shown, NOT_A_NUMBER);
    const ending = trim(after, " .,;:()");
    const isEstimate = APPROXIMATELY.has(fold(ending));
    const suffix = isEstimate ? "" : ending;
    const isUnit = !suffix || /[%\p{L}]/u.test(suffix);
    if ((before && !APPROXIMATELY.has(before)) || (open && sign) || !isUnit) refuse(shown, NOT_A_NUMBER);
    const digits = written.trim().replace(/ ?([.,]) ?/g, "$1").replace(/[.,]$/, "");
    const isDoubtful = Boolean(before || isEstimate || open || digits !== written.trim());
    return { digits, isNegative: Boolean(open) || sign === "-", suffix, isDoubtful };
  }

  function parse(pattern, parts, shift) {
    const found = pattern.exec(parts.digits);
    if (!found || !(found[1] || found[2])) return null;
    const part = found[2] || "";
    const digits = BigInt((found[1] || "0").replace(/[., ]/g, "") + part);
    return decimal(parts.isNegative ? -digits : digits, shift - part.length);
  }

  function choose(vietnamese, english, decimals) {
    const readings = [vietnamese, english].filter(Boolean);
    const written = readings.filter((one) => places(one) <= decimals);
    const fitting = readings.filter((one) => isEqual(one, rounded(one, decimals)));
    const chosen = [...written, ...fitting, ...readings][0];
    const rivals = chosen === english ? readings : written;
    return [chosen, rivals.find((one) => !isEqual(one, chosen))];
  }

  function echoOf(value, chosen, other, decimals, noun) {
    const said = `hiểu là ${trimmed(value)}${noun}`;
    if (!isEqual(value, chosen)) return `${said} (làm tròn từ ${trimmed(chosen)})?`;
    const isRival = other && (decimals > 0 || isEqual(other, rounded(other, 0)));
    return isRival ? `${said}, không phải ${trimmed(other)}${noun}?` : `${said}?`;
  }

  function read(cleaned, decimals, unit) {
    const spoken = asOneNumber(cleaned);
    const parts = takeApart(spoken || cleaned);
    const conversion = convert(parts.suffix, unit);
    if (!conversion) {
      throw new Unreadable(`Chỉ tiêu này tính bằng ${unit}, không phải “${parts.suffix}”: đổi sang ${unit} rồi nhập lại.`);
    }
    const vietnamese = parse(VIETNAMESE, parts, conversion.shift);
    const english = spoken ? null : parse(ENGLISH, parts, conversion.shift);
    if (!vietnamese && !english) {
      if (/[0-9] +[0-9]/.test(parts.digits)) refuse(cleaned, SEVERAL);
      throw new Unreadable(`Dấu chấm, dấu phẩy trong “${cleaned}” không đúng chỗ: viết như 1.234,5.`);
    }
    const [chosen, other] = choose(vietnamese, english, decimals);
    const value = rounded(chosen, decimals);
    const isExact = isEqual(value, chosen);
    if (!isExact && decimals === 0) {
      throw new Unreadable(`Chỉ tiêu này nhập số nguyên, không nhập số lẻ như ${trimmed(chosen)}.`);
    }
    if (size(value.digits) >= TOO_LARGE * 10n ** BigInt(decimals)) {
      throw new Unreadable(`${trimmed(value)} quá lớn: kiểm tra lại số và đơn vị tính.`);
    }
    const isSure = conversion.isSure && !spoken && !parts.isDoubtful && chosen === vietnamese && !other && isExact;
    const noun = unit || !conversion.shift ? ` ${unit || parts.suffix}`.trimEnd() : "";
    return { value: plain(value), echo: isSure ? "" : echoOf(value, chosen, other, decimals, noun), error: "" };
  }

  // The value as plain decimal text ("1234.5") or null; the question to confirm; or the sentence that says what is wrong.
  window.readNumber = function (text, decimals, unit) {
    const cleaned = clean(text);
    if (!cleaned) return { value: null, echo: "", error: "" };
    try {
      return read(cleaned, decimals, unit ? clean(unit) : "");
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      return { value: null, echo: "", error: error.message };
    }
  };
})();
