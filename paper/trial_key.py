"""A key and a root of one's own for trying out digital signatures, in the demo and in tests; worth nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

PASSWORD = "minh-hoa"
HOLDER, ISSUER = "Chữ ký số minh họa", "Nhà cung cấp minh họa"
DAYS = 365

_Key = ec.EllipticCurvePrivateKey


def make_trial_key(password: str = PASSWORD) -> tuple[bytes, bytes]:
    """The key with its certificate (PKCS#12), and the root above it (PEM)."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certificate(ISSUER, root_key, root_key, is_root=True)
    own = _certificate(HOLDER, key, root_key, is_root=False)
    locked = BestAvailableEncryption(password.encode())
    held = pkcs12.serialize_key_and_certificates(HOLDER.encode(), key, own, [root], locked)
    return held, root.public_bytes(Encoding.PEM)


def _certificate(subject: str, key: _Key, signing_key: _Key, *, is_root: bool) -> x509.Certificate:
    """A certificate that is valid from yesterday on."""
    usage = x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=not is_root,
        key_cert_sign=is_root,
        crl_sign=is_root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    # Certificates are judged by the real day, also where the demo takes place on another one.
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(
        subject_name=_named(subject),
        issuer_name=_named(ISSUER),
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=now - timedelta(days=1),
        not_valid_after=now + timedelta(days=DAYS),
    )
    builder = builder.add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
    return builder.add_extension(usage, critical=True).sign(signing_key, hashes.SHA256())


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
