/** Things with a life, and the events that they fire. Compatible with VS Code's own, so either can be handed to the other. */

export interface Disposable {
  dispose(): void;
}

/** Owns things with a life; disposes of them in reverse order. */
export class Disposables implements Disposable {
  private readonly owned: Disposable[] = [];
  private disposed = false;

  /** Takes over `disposable` and returns it; disposes of it at once when this is disposed of already. */
  add<T extends Disposable>(disposable: T): T {
    if (this.disposed) disposable.dispose();
    else this.owned.push(disposable);
    return disposable;
  }

  dispose(): void {
    this.disposed = true;
    while (this.owned.length > 0) this.owned.pop()?.dispose();
  }
}

/** Calls its listeners when something happened. A listener that throws does not keep the others from hearing of it. */
export class Emitter<T = void> implements Disposable {
  private readonly listeners = new Set<(event: T) => void>();

  readonly event = (listener: (event: T) => void): Disposable => {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  };

  fire(event: T): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(event);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  dispose(): void {
    this.listeners.clear();
  }
}
