"""Ordinary code: records, groups, sorting, JSON; prints seconds of CPU."""

import json

from common import run


class Order:
    def __init__(self, number, customer, cents):
        self.number, self.customer, self.cents = number, customer, cents
        self.is_paid = False

    def pay(self):
        self.is_paid = True


def group(orders):
    groups = {}
    for order in orders:
        groups.setdefault(order.customer, []).append(order)
    return groups


def words_of(text):
    counts = {}
    for word in text.lower().split():
        word = word.strip(".,;")
        counts[word] = counts.get(word, 0) + 1
    return counts


def main():
    text = "The quick brown fox jumps over the lazy dog; the dog sleeps. " * 20
    for _ in range(20):
        orders = [Order(i, "customer %d" % (i % 37), (i * 7919) % 10_000) for i in range(600)]
        for theirs in group(orders).values():
            theirs.sort(key=lambda order: order.cents)
            for order in theirs[: len(theirs) // 2]:
                order.pay()
        paid = [order for order in orders if order.is_paid]
        json.loads(json.dumps([[order.number, order.customer, order.cents] for order in paid]))
        words_of(text)


run(main)
