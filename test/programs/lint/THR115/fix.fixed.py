import threading

downloads = 0
downloads_lock = threading.Lock()
sizes = {}


def fetch(files):
    global downloads
    for file in files:
        sizes[file.name] = file.size
        with downloads_lock:
            downloads += file.parts()  # expect: THR115


def fetch_all(groups):
    threads = [threading.Thread(target=fetch, args=(group,)) for group in groups]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
