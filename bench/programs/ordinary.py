"""Code as people write it: records are made, grouped, sorted, encoded; one thread; prints seconds."""

import json
import time


def make(i):
    return {"id": i, "name": "user%d" % i, "tags": ["a", "b", str(i % 7)], "score": i * 1.5 % 97}


def group(records):
    groups = {}
    for record in records:
        groups.setdefault(record["tags"][2], []).append(record)
    return groups


def best(records):
    ordered = sorted(records, key=lambda record: (-record["score"], record["id"]))
    return [record["name"] for record in ordered[:10]]


def encode(groups):
    return json.dumps({key: best(records) for key, records in groups.items()})


def sieve(limit):
    flags = [True] * limit
    for i in range(2, int(limit**0.5) + 1):
        if flags[i]:
            for j in range(i * i, limit, i):
                flags[j] = False
    return sum(flags)


def main():
    start = time.perf_counter()
    total = 0
    for _ in range(60):
        records = [make(i) for i in range(1500)]
        total += len(encode(group(records))) + sieve(6000)
    return time.perf_counter() - start


print("figure", main())
