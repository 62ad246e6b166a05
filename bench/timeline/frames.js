// Put into each page before its own code.
(() => {
  /** Turns the wheel over an element, to pan or to zoom in and out by turns; resolves to milliseconds a frame once it is drawn. */
  window.wheelOnce = async (selector, step, zoomKey) => {
    const element = document.querySelector(selector);
    const box = element.getBoundingClientRect();
    const place = { clientX: box.left + box.width * 0.6, clientY: box.top + box.height * 0.4 };
    const direction = Math.floor(step / 40) % 2 === 0 ? -1 : 1;
    const turn = step % 2 === 0 ? { deltaX: -direction * 60 } : { deltaY: direction * 60, [zoomKey]: true };
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await nextFrame();
    const begun = performance.now();
    element.dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true, ...place, ...turn }));
    // What was asked for is drawn in the next frame; the one after begins when the browser is done with it.
    await nextFrame();
    await nextFrame();
    return (performance.now() - begun) / 2;
  };
})();
