// Checks on one row before the server answers: the twin of those in indicators/rules that need nothing but the
// row and its own history. indicators/rules/check_cases.json drives both; where they differ the server is right.
"use strict";

(function () {
  // --- Exact numbers: whole multiples of 10⁻⁵, so that half of four places is still whole -----------------------------

  const PLACES = 5;
  const ONE = 10n ** BigInt(PLACES);
  const size = (value) => value < 0n ? -value : value;
  const largest = (values) => values.reduce((one, other) => other > one ? other : one);
  const least = (values) => values.reduce((one, other) => other < one ? other : one);

  function exact(text) {
    if (text === null || text === undefined || text === "") return null;
    const [whole, part = ""] = String(text).replace("-", "").split(".");
    const value = BigInt(whole + part.padEnd(PLACES, "0").slice(0, PLACES));
    return String(text).startsWith("-") ? -value : value;
  }

  const grouped = (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ".");

  // A fraction in so many decimals, half up.
  function written(over, under, places) {
    const scale = 10n ** BigInt(places);
    const up = (size(over) * scale * 2n + size(under)) / (size(under) * 2n);
    const text = up.toString().padStart(places + 1, "0");
    const sign = up && (over < 0n) !== (under < 0n) ? "-" : "";
    return sign + grouped(text.slice(0, text.length - places)) + (places ? `,${text.slice(-places)}` : "");
  }

  const percent = (over, under, places = 1) => `${written(over * 100n, under, places)}\u00a0%`;

  const partOf = (value) => (size(value) % ONE).toString().padStart(PLACES, "0").replace(/0+$/, "");
  const said = (context) => (value) => `${written(value, ONE, Math.max(context.decimals, partOf(value).length))} ${context.unit}`.trim();

  // --- What is odd ----------------------------------------------------------------------------------------------

  const asks = (code, sentence) => ({ code, sentence, severity: "needs_reason" });
  const notes = (code, sentence) => ({ code, sentence, severity: "note" });
  const CHECK_AGAIN = "Kiểm tra lại; nếu đúng, ghi lý do.";

  function denominators(c, amount) {
    for (const { name, value } of c.denominators) {
      if (value === null) continue;
      if (value < 0n || (value === 0n && amount !== 0n)) {
        return { ...asks("denominator", `Mẫu số “${name}” là ${c.say(value)}, không tính được tỷ lệ. Nhập mẫu số lớn hơn 0.`), severity: "forbidden" };
      }
      if (amount > value) return asks("numerator", `Số thực hiện ${c.say(amount)} lớn hơn “${name}” ${c.say(value)}. Kiểm tra cả hai số; nếu đúng, ghi lý do.`);
    }
    return null;
  }

  function middle(values) {
    const sorted = [...values].sort((one, other) => one < other ? -1 : 1);
    const half = sorted.length >> 1;
    return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2n;
  }

  function scale(c, amount) {
    const known = (c.isFlow ? c.history : c.levels).filter((value) => value !== 0n).map(size);
    if (!known.length || amount === 0n) return null;
    const usual = c.isFlow ? middle(known) : known[known.length - 1];
    const much = size(amount);
    if (much * 200n > usual && much < usual * 200n) return null;
    const how = much > usual ? `gấp ${written(much, usual, 0)} lần` : `chỉ bằng 1/${written(usual, much, 0)}`;
    return asks("scale", `${c.say(amount)} ${how} các kỳ trước (khoảng ${c.say(usual)}). Có thể nhầm đơn vị tính (tỷ, triệu, nghìn); sửa lại hoặc ghi lý do.`);
  }

  function falls(c, amount) {
    if (c.rule !== "running" || c.isBareRate || !c.levels.length) return null;
    const before = c.levels[c.levels.length - 1];
    if (c.isReduction ? amount <= before : amount >= before) return null;
    const when = c.history.length ? "kỳ trước" : "đầu kỳ";
    return asks("running_falls", `Số lũy kế ${c.say(amount)} ${c.isReduction ? "ít hơn" : "thấp hơn"} ${when} (${c.say(before)}). ${CHECK_AGAIN}`);
  }

  function negative(c, amount) {
    if (amount >= 0n || c.isReduction || c.isBareRate) return null;
    return asks("negative", `Số liệu nhỏ hơn 0: ${c.say(amount)}. Nếu là điều chỉnh giảm số đã báo cáo, ghi lý do.`);
  }

  function lostMinus(c, amount) {
    if (!c.isReduction || amount <= 0n) return null;
    return asks("minus", `Kế hoạch là giảm (${c.say(c.target)}) nhưng số liệu là ${c.say(amount)}. Thiếu dấu trừ thì sửa lại; nếu thật sự tăng, ghi lý do.`);
  }

  function overPlan(c, amount) {
    const done = c.cumulative === null ? amount : c.cumulative;
    if (!c.target || (c.target > 0n ? done * 2n <= c.target * 3n : done * 2n >= c.target * 3n)) return null;
    const plan = c.isRatio ? "" : ` (${c.say(done)} trên ${c.say(c.target)})`;
    return asks("over_plan", `Bằng ${percent(done, c.target)} kế hoạch${plan}. ${CHECK_AGAIN}`);
  }

  function zero(c, amount) {
    if (amount !== 0n || c.direction !== "more") return null;
    const before = c.history.length ? c.history[c.history.length - 1] : null;
    if (before === null && c.target > 0n) {
      const plan = c.isRatio ? "" : ` (${c.say(c.target)})`;
      return notes("zero", `Số 0 được tính là đã báo cáo, bằng ${percent(0n, ONE, 0)} kế hoạch${plan}. Nếu chưa có số, để trống.`);
    }
    if (!before || c.rule === "running") return null;
    if (c.rule === "level") return asks("zero", `Số thời điểm là 0, kỳ trước là ${c.say(before)}. Nếu chưa có số, để trống; nếu đúng, ghi lý do.`);
    return notes("zero", `Kỳ này là 0, kỳ trước là ${c.say(before)}. Nếu chưa có số, để trống; nếu trong kỳ không có gì, chọn “Không phát sinh”.`);
  }

  function sameAgain(c, amount) {
    if (amount === 0n || c.isCumulative || (c.rule === "level" && size(amount) < 10n * ONE)) return null;
    const recent = c.previous.slice(-2);
    const look = "Xem lại đã phải số của kỳ này chưa.";
    if (recent.length === 2 && recent.every((value) => value === amount)) return notes("same_again", `3 kỳ liền cùng một số: ${c.say(amount)}. ${look}`);
    const digits = `${size(amount) / ONE}${partOf(amount)}`.replace(/^0+/, "").length;
    if (!recent.length || recent[recent.length - 1] !== amount || digits < 3) return null;
    return notes("same_again", `Trùng đúng số kỳ trước: ${c.say(amount)}. ${look}`);
  }

  // --- What the unit usually does, said where nothing plainer is ------------------------------------------------------

  function unusual(c, amount) {
    if (amount < 0n || c.isReduction || c.isBareRate) return null;
    if (c.isFlow) return unusualFlow(c, amount);
    if (!c.levels.length || amount === 0n) return null;
    const before = c.levels[c.levels.length - 1];
    if (c.levels.length === 1) return unusualSecond(c, amount, before);
    const most = largest(c.levels.slice(1).map((value, index) => size(value - c.levels[index])));
    const step = amount - before;
    const plan = c.isRatio || c.target === null ? 0n : size(c.target);
    if (size(step) * 100n <= largest([most * 200n, size(before) * 5n, plan * 4n, c.few * 100n])) return null;
    return asks("unusual", `${c.say(amount)}: ${step > 0n ? "tăng" : "giảm"} ${c.say(size(step))} so với kỳ trước (${c.say(before)}), trong khi các kỳ trước mỗi kỳ thay đổi nhiều nhất ${c.say(most)}. ${CHECK_AGAIN}`);
  }

  function unusualSecond(c, amount, before) {
    const isNear = size(before) <= amount * 4n && amount <= size(before) * 4n + c.few;
    const small = c.decimals ? ONE : 10n * ONE;
    if (isNear || (before < small && amount < small)) return null;
    return asks("unusual", `${c.say(amount)}, ${c.history.length ? "kỳ trước" : "đầu kỳ"} là ${c.say(before)}. ${CHECK_AGAIN}`);
  }

  function unusualFlow(c, amount) {
    const known = c.history.filter((value) => value > 0n);
    if (!known.length) return unusualFirst(c, amount);
    const [most, poorest] = [largest(known), least(known)];
    let how = "";
    if (amount > largest([most * (known.length > 1 ? 2n : 4n), most + c.few])) how = `gấp ${written(amount, most, 1)} lần kỳ cao nhất trước đây (${c.say(most)})`;
    else if (amount > 0n && amount * 8n < poorest) how = `chỉ bằng 1/${written(poorest, amount, 0)} kỳ thấp nhất trước đây (${c.say(poorest)})`;
    return how ? asks("unusual", `${c.say(amount)} ${how}. ${CHECK_AGAIN}`) : null;
  }

  function unusualFirst(c, amount) {
    if (c.isCumulative || c.isRatio) return null;
    if (c.target && amount * 10n > c.target * 6n && amount > c.few) return asks("unusual", `Kỳ đầu đã bằng ${percent(amount, c.target)} kế hoạch. ${CHECK_AGAIN}`);
    const before = c.cumulative === null ? 0n : c.cumulative - amount;
    if (before > 0n && amount * 2n > before * 3n + c.few * 2n) return asks("unusual", `Riêng kỳ này ${c.say(amount)}, gấp ${written(amount, before, 1)} lần cả số đã làm từ đầu năm (${c.say(before)}). ${CHECK_AGAIN}`);
    if (amount > 0n && amount * 50n < before) return notes("unusual", `${c.say(amount)} chỉ bằng 1/${written(before, amount, 0)} số đã làm từ đầu năm (${c.say(before)}). Có thể nhầm đơn vị tính; xem lại.`);
    return null;
  }

  // Between what the figure would be after its least and its largest change so far, and somewhat beyond.
  function usual(c) {
    const base = c.isFlow ? 0n : c.levels[c.levels.length - 1];
    const changes = c.isFlow ? c.history : c.levels.slice(1).map((value, index) => value - c.levels[index]);
    if (changes.length < 2) return null;
    const [low, high] = [least(changes), largest(changes)];
    const slack = high - low + largest([size(low), size(high)]) * 15n / 100n;
    return (value) => value >= base + low - slack && value <= base + high + slack;
  }

  // The number with two neighbouring digits in the other order; a number below one is written with its zero ("0,7").
  function swapped(c, amount) {
    const unit = 10n ** BigInt(PLACES - c.decimals);
    if (amount % unit) return [];
    const text = String(amount / unit).padStart(c.decimals + 1, "0");
    const places = [...text].slice(1).flatMap((digit, n) => digit === text[n] || (n === 0 && digit === "0" && text.length > c.decimals + 1) ? [] : [n]);
    return places.map((n) => BigInt(text.slice(0, n) + text[n + 1] + text[n] + text.slice(n + 2)) * unit);
  }

  function digits(c, amount) {
    const fits = amount <= 0n || c.isBareRate || c.isCumulative || c.isReduction ? null : usual(c);
    if (!fits || fits(amount)) return null;
    const other = swapped(c, amount).find(fits);
    return other === undefined ? null : notes("digits", `Có phải ${c.say(other)} không? ${c.say(amount)} lệch với các kỳ trước, đổi chỗ hai chữ số thì khớp.`);
  }

  function rounded(c, amount) {
    const unit = 10n ** BigInt(PLACES - c.decimals);
    const figures = c.history.filter((value) => value);
    if (amount <= 0n || figures.length < 4 || [amount, ...figures].some((value) => value % unit)) return null;
    const [zeros, name] = [[1000n, "nghìn"], [100n, "trăm"], [10n, "chục"]].find(([one]) => figures.every((value) => value % (one * unit) === 0n)) || [];
    if (!zeros || amount % (zeros * unit) === 0n || least(figures) < 10n * zeros * unit) return null;
    const other = swapped(c, amount).find((value) => value % (zeros * unit) === 0n);
    return other === undefined ? null : notes("round", `Có phải ${c.say(other)} không? ${c.say(amount)} không tròn ${name} như các số khác của chỉ tiêu, đổi chỗ hai chữ số thì tròn.`);
  }

  function leap(c, amount) {
    const [done, target] = [c.cumulative, c.target];
    if (c.isRatio || done === null || !target || target <= 0n || c.isCumulative || c.direction !== "more") return null;
    const before = c.isFlow ? done - amount : c.levels[c.levels.length - 1] || 0n;
    if (before >= target || done * 100n <= target * 115n || done - target <= c.few) return null;
    return asks("leap", `Lũy kế ${c.say(done)}, bằng ${percent(done, target)} kế hoạch (${c.say(target)}); đến kỳ trước mới ${c.say(before)}. ${CHECK_AGAIN}`);
  }

  function proof(c) {
    if (!c.evidence_required || c.evidence_count > 0 || c.amount === 0n) return null;
    return asks("evidence", "Chỉ tiêu này cần minh chứng nhưng chưa có tệp nào. Đính kèm tệp hoặc ghi lý do.");
  }

  const CHECKS = [denominators, scale, falls, negative, lostMinus, overPlan, zero, sameAgain];
  const QUIETER = [unusual, digits, rounded, leap];

  function read(context) {
    const c = { decimals: 0, unit: context.unit_of_measure || "", rule: context.time_rule, isCumulative: Boolean(context.is_cumulative), ...context };
    for (const name of ["amount", "cumulative", "target", "opening"]) c[name] = exact(context[name]);
    c.previous = (context.previous || []).map(exact);
    c.denominators = (context.denominators || []).map(([name, value]) => ({ name, value: exact(value) }));
    c.isFlow = c.rule === "flow";
    // On the page the cumulative follows from what stood before.
    if (context.before !== undefined) c.cumulative = c.isFlow && !c.isCumulative ? exact(context.before) + (c.amount || 0n) : c.amount;
    c.isRatio = c.kind === "ratio";
    c.isBareRate = c.isRatio && !c.denominators.length;
    c.isReduction = c.target !== null && c.target < 0n;
    c.history = c.isFlow && c.isCumulative ? [] : c.previous.filter((value) => value !== null);
    c.levels = c.opening === null ? c.history : [c.opening, ...c.history];
    c.few = c.decimals ? ONE : 4n * ONE;
    c.say = said(c);
    return c;
  }

  // Everything odd about a row, in the order in which the server says it. Numbers come as plain decimal text.
  window.checkRow = function (context) {
    const c = read(context);
    if (c.state !== "reported") return [];
    const run = (checks) => c.amount === null ? [] : checks.map((check) => check(c, c.amount)).filter(Boolean);
    const found = run(CHECKS);
    if (found.every((one) => one.severity === "note")) found.push(...run(QUIETER).slice(0, 1));
    return [...found, proof(c)].filter(Boolean);
  };
})();
