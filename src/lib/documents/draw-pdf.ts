import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist'
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import jbig2Url from 'pdfjs-dist/wasm/jbig2.wasm?url'
import openjpegUrl from 'pdfjs-dist/wasm/openjpeg.wasm?url'
import qcmsUrl from 'pdfjs-dist/wasm/qcms_bg.wasm?url'
import { askBytes } from '#lib/http/bytes.ts'
import { blankCanvas, drawnPage } from './canvas.ts'
import { fileLimits, longestSidePixels, type DrawnPage, type FileRefusal } from './drawn-page.ts'

/** 200 dots an inch; a PDF counts 72. */
const sharpScale = 200 / 72
/** A page that takes longer was made to. */
const pageMilliseconds = 30_000

/** The decoders of scanned pages, from our own server alone. */
const decoders: Readonly<Record<string, string>> = {
  'jbig2.wasm': jbig2Url,
  'openjpeg.wasm': openjpegUrl,
  'qcms_bg.wasm': qcmsUrl
}
class OwnDecoders {
  async fetch({ filename }: { readonly filename: string }): Promise<Uint8Array> {
    const answer = await askBytes(decoders[filename] ?? '')
    if (!answer.ok) throw new Error('no such decoder')
    return answer.data
  }
}

/** Draws page after page. What would run, open or unpack something is refused before it is drawn. */
export async function drawPdf(
  bytes: Uint8Array<ArrayBuffer>,
  room: number,
  onPage: (page: DrawnPage) => void
): Promise<FileRefusal | null> {
  GlobalWorkerOptions.workerSrc = workerUrl
  const loading = getDocument({
    data: bytes,
    BinaryDataFactory: OwnDecoders,
    useWorkerFetch: false,
    wasmUrl: '/',
    enableXfa: false,
    maxImageSize: fileLimits.pixels,
    verbosity: 0
  })
  try {
    const pdf = await loading.promise
    if (pdf.numPages > room) return 'too-many-pages'
    if (await isActive(pdf)) return 'active'
    for (let number = 1; number <= pdf.numPages; number += 1) {
      onPage(await inTime(drawPage(pdf, number)))
    }
    return null
  } catch (error) {
    return error instanceof Error && error.name === 'PasswordException' ? 'locked' : 'broken'
  } finally {
    await loading.destroy()
  }
}

/** A picture of a paper has no scripts, no files inside and nothing that starts by itself. */
async function isActive(pdf: PDFDocumentProxy): Promise<boolean> {
  const [scripts, files, opening] = await Promise.all([
    pdf.hasJSActions(),
    pdf.getAttachments(),
    pdf.getOpenAction()
  ])
  return scripts || (files?.size ?? 0) > 0 || (opening?.has('action') ?? false)
}

async function drawPage(pdf: PDFDocumentProxy, number: number): Promise<DrawnPage> {
  const page = await pdf.getPage(number)
  const { width, height } = page.getViewport({ scale: 1 })
  const scale = Math.min(sharpScale, longestSidePixels / Math.max(width, height))
  const viewport = page.getViewport({ scale })
  const canvas = blankCanvas(
    Math.max(1, Math.floor(viewport.width)),
    Math.max(1, Math.floor(viewport.height))
  )
  await page.render({ canvas, viewport, background: '#ffffff' }).promise
  page.cleanup()
  return drawnPage(canvas)
}

function inTime<T>(work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('the page takes too long')), pageMilliseconds)
  return Promise.race([work, promise]).finally(() => clearTimeout(timer))
}
