"""A callback receiver as the vendor's sample programs are: verifies the signature, then decrypts."""

import base64
import hashlib
import hmac
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from requests.structures import CaseInsensitiveDict


def decrypt(text, key):
    """AES-256-CBC; the key's own 32 bytes, of which the first 16 are the initial vector; PKCS7."""
    key = key.encode()
    cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
    padded = cipher.update(base64.b64decode(text, validate=True)) + cipher.finalize()
    unpadder = padding.PKCS7(128).unpadder()
    return unpadder.update(padded) + unpadder.finalize()


def signature(body, token):
    return "sha256=" + hmac.new(token.encode(), body, hashlib.sha256).hexdigest()


@dataclass
class Callback:
    """One POST, as it came."""

    headers: CaseInsensitiveDict
    body: bytes
    plaintext: dict = field(default=None)


class Receiver:
    """Listens on a free port until `close`. Refuses (403) what is not signed with the token."""

    def __init__(self, key, token):
        self.key, self.token = key, token
        self.callbacks = []
        self.refused = []
        self.answer = 200
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = receiver.receive(Callback(CaseInsensitiveDict(self.headers), body))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/callback"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def receive(self, callback):
        if not hmac.compare_digest(callback.headers.get("Content-Signature", ""), signature(callback.body, self.token)):
            self.refused.append(callback)
            return 403
        if callback.body.startswith(b"{"):
            text = json.loads(callback.body)["encrypt"]
        else:
            text = callback.body
        callback.plaintext = json.loads(decrypt(text, self.key))
        if self.answer == 200:
            self.callbacks.append(callback)
        return self.answer

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    @property
    def messages(self):
        return [one.plaintext for one in self.callbacks]

    @property
    def story(self):
        """What happened, in the order it was told: the message's type, and for contracts what was done."""
        return [told(message) for message in self.messages]


def told(message):
    if message["MsgType"] == "FlowStatusChange":
        return f"FlowStatusChange {message['MsgData']['Operate']}"
    return message["MsgType"]
