/** A picture as PNG, drawn by the browser from its SVG. */

/** Twice as many pixels as on a plain screen, so that small words can be read on any. */
const SCALE = 2;

export async function pngOf(svg: string, size: { width: number; height: number }): Promise<Uint8Array<ArrayBuffer>> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = size.width * SCALE;
  canvas.height = size.height * SCALE;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
  if (!blob) throw new Error(`a picture of ${canvas.width} x ${canvas.height} pixels cannot be made`);
  return new Uint8Array(await blob.arrayBuffer());
}
