import { blankCanvas, contextOf, drawnPage } from './canvas.ts'
import { fitted, type DrawnPage } from './drawn-page.ts'

/** A picture as it is to be looked at, however the camera was held. Null when it does not decode. */
export async function drawPicture(file: Blob): Promise<DrawnPage | null> {
  let picture: ImageBitmap
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    return null
  }
  return drawFrame(picture, picture.width, picture.height).finally(() => picture.close())
}

/** Also what a camera shows just now. */
export async function drawFrame(
  source: CanvasImageSource,
  width: number,
  height: number
): Promise<DrawnPage> {
  const size = fitted(width, height)
  const canvas = blankCanvas(size.width, size.height)
  const context = contextOf(canvas)
  context.imageSmoothingQuality = 'high'
  context.drawImage(source, 0, 0, size.width, size.height)
  return drawnPage(canvas)
}
