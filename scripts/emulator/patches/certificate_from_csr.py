"""
CreateCertificateFromCsr is unknown to the emulator. Here its own authority signs the key of the request, and the certificate is
registered as its own CreateKeysAndCertificate does it.
"""

import datetime
import json

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from ministack.core.responses import error_response_json, get_account_id, json_response
from ministack.core.x509_utils import get_certificate_id
from ministack.services import iot

VALID_DAYS = 825


def _sign(csr_pem):
    request = x509.load_pem_x509_csr(csr_pem.encode())
    if not request.is_signature_valid:
        raise ValueError("the signature of the request does not hold")
    authority_pem, key_pem = iot._ensure_ca()
    authority = x509.load_pem_x509_certificate(authority_pem.encode())
    key = serialization.load_pem_private_key(key_pem.encode(), password=None)
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(request.subject)
        .issuer_name(authority.subject)
        .public_key(request.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=1))
        .not_valid_after(now + datetime.timedelta(days=VALID_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key()), critical=False)
        .add_extension(x509.ExtendedKeyUsage([x509.oid.ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _create(body, query):
    try:
        pem = _sign(json.loads(body)["certificateSigningRequest"])
    except (KeyError, ValueError) as error:
        return error_response_json("InvalidRequestException", f"Invalid CSR: {error}", 400)
    certificate_id = get_certificate_id(pem)
    active = iot._qp_bool(query, "setAsActive")
    iot._certificates[certificate_id] = {
        "certificateId": certificate_id,
        "certificateArn": iot._cert_arn(certificate_id),
        "certificatePem": pem,
        "status": "ACTIVE" if active else "INACTIVE",
        "creationDate": iot._now_epoch(),
        "ownedBy": get_account_id(),
        "caCertificateId": None,
        "attachedThings": [],
        "attachedPolicies": [],
    }
    return json_response(
        {
            "certificateArn": iot._cert_arn(certificate_id),
            "certificateId": certificate_id,
            "certificatePem": pem,
        }
    )


def apply():
    original = iot.handle_request

    async def handle_request(method, path, headers, body, query_params):
        if method == "POST" and path == "/certificates":
            return _create(body, query_params)
        return await original(method, path, headers, body, query_params)

    iot.handle_request = handle_request
