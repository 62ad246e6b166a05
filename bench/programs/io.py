"""Eight threads exchange messages with an echo server on the loopback interface; prints seconds."""

import socket
import socketserver
import threading
import time


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        while True:
            data = self.request.recv(4096)
            if not data:
                return
            self.request.sendall(data)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


def client(address):
    with socket.create_connection(address) as connection:
        for _ in range(300):
            connection.sendall(b"x" * 1000)
            received = 0
            while received < 1000:
                received += len(connection.recv(4096))


def main():
    with Server(("127.0.0.1", 0), Echo) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        clients = [threading.Thread(target=client, args=(server.server_address,)) for _ in range(8)]
        start = time.perf_counter()
        for thread in clients:
            thread.start()
        for thread in clients:
            thread.join()
        seconds = time.perf_counter() - start
        server.shutdown()
    return seconds


print("figure", main())
