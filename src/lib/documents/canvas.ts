import type { DrawnPage } from './drawn-page.ts'

const quality = 0.82

export function blankCanvas(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = contextOf(canvas)
  // What is transparent in a picture would be black in a JPEG.
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  return canvas
}

export function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d')
  if (!context) throw new Error('this browser draws no pictures')
  return context
}

/** The pixels as a JPEG, and the canvas emptied at once: forty pages of pixels fill a tablet. */
export async function encoded(canvas: HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer>> {
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', quality)
  })
  canvas.width = 0
  canvas.height = 0
  if (!blob) throw new Error('the page could not be encoded')
  return new Uint8Array(await blob.arrayBuffer())
}

export async function drawnPage(canvas: HTMLCanvasElement): Promise<DrawnPage> {
  const { width, height } = canvas
  return { id: crypto.randomUUID(), bytes: await encoded(canvas), width, height }
}
