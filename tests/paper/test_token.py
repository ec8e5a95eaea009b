"""Signing with a token behind PKCS#11: a software token of its own (SoftHSM), with a key of either kind on it."""

import os
import subprocess
from threading import Thread

import pkcs11
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pkcs11.constants import Attribute
from pkcs11.util.ec import decode_ec_private_key
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

from paper.signature import HardwareToken, SigningError, hardware_token, sign_pdf, signer_name, validate
from paper.stamp import BODY, PERSON, Stamp
from tests.paper.sample import committee_letter, report_pdf
from tests.paper.test_signature import MOMENT, certificate

MODULE, LABEL, PIN = "/usr/lib/softhsm/libsofthsm2.so", "Thiết bị thử", "12345678"
ISSUER = "Nhà cung cấp thử nghiệm"
KEYS = {
    "rsa": (lambda: rsa.generate_private_key(65537, 2048), decode_rsa_private_key),
    "ec": (lambda: ec.generate_private_key(ec.SECP256R1()), decode_ec_private_key),
}


@pytest.fixture(scope="module")
def roots(tmp_path_factory) -> list[bytes]:
    """A token with two keys and their certificates, labelled "rsa" and "ec"; the root above them."""
    folder = tmp_path_factory.mktemp("token")
    (folder / "kho").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'kho'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    # Read when the module is first loaded, which this file alone does.
    os.environ["SOFTHSM2_CONF"] = str(settings)
    made = ["softhsm2-util", "--init-token", "--free", "--label", LABEL, "--pin", PIN, "--so-pin", PIN]
    subprocess.run(made, check=True, capture_output=True)
    root_key = ec.generate_private_key(ec.SECP256R1())
    root = certificate(ISSUER, ISSUER, root_key, root_key, is_root=True)
    with pkcs11.lib(MODULE).get_token(token_label=LABEL).open(rw=True, user_pin=PIN) as session:
        for label, (make_key, decode) in KEYS.items():
            key = make_key()
            own = certificate(f"Chữ ký {label}", ISSUER, key, root_key, is_root=False)
            common = {Attribute.TOKEN: True, Attribute.LABEL: label, Attribute.ID: label.encode()}
            private = key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
            session.create_object(decode(private) | common)
            session.create_object(decode_x509_certificate(own.public_bytes(Encoding.DER)) | common)
    return [root.public_bytes(Encoding.PEM)]


@pytest.fixture(scope="module")
def letter() -> bytes:
    return report_pdf(committee_letter(), paragraphs=1, rows=1)


def token(certificate: str = "rsa", label: str = LABEL, module: str = MODULE) -> HardwareToken:
    return HardwareToken(module, label, certificate)


@pytest.mark.parametrize("kind", KEYS)
def test_a_key_that_never_leaves_its_token_signs_twice_and_both_are_valid(roots, letter, kind):
    with hardware_token(token(kind), PIN) as signer:
        assert signer_name(signer) == f"Chữ ký {kind}"
        once = sign_pdf(letter, signer, Stamp(PERSON, "(Họ và tên)", MOMENT))
    with hardware_token(token(kind), PIN) as signer:
        twice = sign_pdf(once, signer, Stamp(BODY, "Ủy ban nhân dân huyện", MOMENT))

    found = validate(twice, roots)
    assert [(one.signer, one.is_intact, one.is_trusted, one.is_last) for one in found] == [
        (f"Chữ ký {kind}", True, True, True)
    ] * 2
    broken = bytearray(twice)
    broken[2000] ^= 1
    assert not any(one.is_intact for one in validate(bytes(broken), roots))


@pytest.mark.parametrize(
    ("place", "pin"),
    [
        (token(), "00000000"),
        (token(label="Thiết bị khác"), PIN),
        (token(certificate="không có"), PIN),
        (token(module="/khong/co/libtoken.so"), PIN),
    ],
    ids=["wrong-pin", "other-token", "no-certificate", "no-module"],
)
def test_a_token_that_does_not_open_says_what_to_check_and_opens_again_afterwards(roots, place, pin):
    with pytest.raises(SigningError, match="nhãn, chứng thư và mã PIN"), hardware_token(place, pin):
        raise AssertionError("it opened")

    with hardware_token(token(), PIN) as signer:
        assert signer_name(signer) == "Chữ ký rsa"


def test_a_token_that_fails_while_signing_says_so(roots):
    with pytest.raises(SigningError, match="không ký được"), hardware_token(token(), PIN):
        raise pkcs11.exceptions.DeviceRemoved


def test_two_people_at_once_take_turns(roots, letter):
    found: list[bytes] = []

    def sign(kind: str) -> None:
        with hardware_token(token(kind), PIN) as signer:
            found.append(sign_pdf(letter, signer, Stamp(PERSON, "(Họ và tên)", MOMENT)))

    threads = [Thread(target=sign, args=[kind]) for kind in [*KEYS, *KEYS]]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    signers = sorted(signed.signer for content in found for signed in validate(content, roots) if signed.is_trusted)
    assert signers == ["Chữ ký ec", "Chữ ký ec", "Chữ ký rsa", "Chữ ký rsa"]
