// Put into each page before its own code: how long the work for each frame takes, and how far frames lie apart.
(() => {
  const ask = window.requestAnimationFrame.bind(window);
  const frames = new Map();
  window.requestAnimationFrame = (callback) =>
    ask((time) => {
      const before = performance.now();
      try {
        callback(time);
      } finally {
        frames.set(time, (frames.get(time) ?? 0) + performance.now() - before);
      }
    });
  /** Wheels over an element, once a frame: pans for some frames, then zooms in and out. Resolves to milliseconds. */
  window.measureFrames = async (selector, { rounds, zoomKey }) => {
    const element = document.querySelector(selector);
    const box = element.getBoundingClientRect();
    const wheel = (options) =>
      element.dispatchEvent(
        new WheelEvent('wheel', {
          bubbles: true,
          cancelable: true,
          clientX: box.left + box.width * 0.6,
          clientY: box.top + box.height * 0.4,
          ...options,
        }),
      );
    const next = () => new Promise((resolve) => ask(resolve));
    const measured = { work: [], apart: [] };
    await next();
    for (let i = 0; i < rounds; i++) {
      const isPan = i % 2 === 0;
      const direction = Math.floor(i / (rounds / 4)) % 2 === 0 ? -1 : 1;
      const begun = performance.now();
      frames.clear();
      wheel(isPan ? { deltaX: -direction * 60 } : { deltaY: direction * 60, [zoomKey]: true });
      const events = performance.now() - begun;
      // What was asked for is drawn in the next frame; the one after begins when the browser is done with it.
      await next();
      await next();
      const all = [...frames.values()];
      measured.work.push(events + Math.max(0, ...all));
      measured.apart.push((performance.now() - begun) / 2);
    }
    return measured;
  };
})();
