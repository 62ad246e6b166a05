"""Words are counted in a dictionary that two threads share, one after the other as it happens."""
import threading
from collections import defaultdict

counts = defaultdict(int)


def count(words):
    for word in words:
        counts[word] += len(word)  # expect: race.data


threads = [threading.Thread(target=count, args=(["a", "b", "a"],)) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
