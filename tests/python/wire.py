"""What the SDK really got: the raw answers behind its models."""


class Recorder:
    """Keeps every answer of a client, as bytes and with its headers. Uses the hook that `requests` offers."""

    def __init__(self, client):
        self.answers = []
        client.request.conn._session.hooks["response"].append(self._keep)

    def _keep(self, answer, **_):
        self.answers.append((answer.headers, answer.content))

    @property
    def bodies(self):
        return [body for _, body in self.answers]

    @property
    def fidelity(self):
        """What the last answer says of itself."""
        return self.answers[-1][0].get("X-Mock-Fidelity")
