"""The port: what is answered on it is sent at once."""

import socket

from service.port import listen
from settings import Settings
from tests.server.process import free_port


def test_an_answer_does_not_wait_for_the_acknowledgement_of_its_first_part():
    with listen(Settings(host="127.0.0.1", port=free_port())) as listener, socket.create_connection(listener.getsockname()):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
