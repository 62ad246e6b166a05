"""Attribute-heavy: bodies that attract each other, as objects; prints seconds of CPU."""

from common import run


class Body:
    def __init__(self, x, y, mass):
        self.x, self.y, self.vx, self.vy, self.mass = x, y, 0.0, 0.0, mass

    def pull(self, other, step):
        dx = self.x - other.x
        dy = self.y - other.y
        pull = step / (dx * dx + dy * dy + 0.01)
        self.vx -= dx * other.mass * pull
        self.vy -= dy * other.mass * pull
        other.vx += dx * self.mass * pull
        other.vy += dy * self.mass * pull

    def move(self, step):
        self.x += step * self.vx
        self.y += step * self.vy


def main():
    bodies = [Body(i * 1.5, i * i * 0.3, 1.0 + i) for i in range(8)]
    for _ in range(1500):
        for i, body in enumerate(bodies):
            for other in bodies[i + 1 :]:
                body.pull(other, 0.001)
        for body in bodies:
            body.move(0.001)


run(main)
