"""The MQTT listener listens on all addresses whatever BIND_HOST says; a machine's neighbours have no business there."""

import asyncio

from ministack.services import iot


class _Loopback:
    """asyncio as the module sees it, with its one server on the loopback."""

    def __getattr__(self, name):
        return getattr(asyncio, name)

    @staticmethod
    def start_server(handler, host, **options):
        return asyncio.start_server(handler, host="127.0.0.1", **options)


def apply():
    iot.asyncio = _Loopback()
