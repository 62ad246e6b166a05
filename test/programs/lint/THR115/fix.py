import threading

downloads = 0
sizes = {}


def fetch(files):
    global downloads
    for file in files:
        sizes[file.name] = file.size
        downloads += file.parts()  # expect: THR115


def fetch_all(groups):
    threads = [threading.Thread(target=fetch, args=(group,)) for group in groups]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
