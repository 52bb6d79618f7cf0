import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { Fault } from './fault.ts'

/** A live line: an answer without an end, for which nothing may wait. */
const isEndless = ({ headers }: IncomingMessage): boolean =>
  headers['content-type']?.startsWith('text/event-stream') ?? false

/** Nobody hears it. */
export function drain(answer: IncomingMessage, response: ServerResponse): void {
  response.on('close', () => isEndless(answer) && answer.destroy())
  answer.on('error', () => undefined).resume()
}

/** What a fault does to the server's answer on its way to the tablet. True: it came through whole. */
export async function spoil(
  fault: Fault | null,
  answer: IncomingMessage,
  response: ServerResponse
): Promise<boolean> {
  // Who has hung up is told no more: the server lets go of a live line only so.
  response.on('close', () => isEndless(answer) && answer.destroy())
  answer.on('error', () => response.destroy())
  try {
    return await spoilt(fault, answer, response)
  } catch {
    // The server died in the middle of it, or the tablet hung up.
    response.destroy()
    return false
  }
}

async function spoilt(
  fault: Fault | null,
  answer: IncomingMessage,
  response: ServerResponse
): Promise<boolean> {
  const begin = () => response.writeHead(answer.statusCode ?? 502, headersOf(answer))
  switch (fault?.does) {
    case 'lose':
      if (!isEndless(answer)) await wholeOf(answer)
      if (fault.once === 'answered') fault.then()
      response.destroy()
      return false
    case 'hold': {
      const bytes = isEndless(answer) ? answer : [await wholeOf(answer)]
      await fault.until
      if (fault.lost) response.destroy()
      else await pipeline(bytes, begin())
      return !fault.lost
    }
    case 'change':
      begin().end(fault.change((await wholeOf(answer)).toString()))
      return true
    case 'cut':
      await pass(upToLine(standing(answer), fault.afterLines), begin())
      await fault.when
      response.destroy()
      answer.destroy()
      return false
    case 'truncate':
      await pass(upToByte(standing(answer), fault.afterBytes), begin())
      if (fault.looksWhole) response.end()
      else response.destroy()
      answer.destroy()
      return false
    case 'slow':
      await fault.line.reach()
      begin().flushHeaders()
      await pipeline(fault.line.carry(answer), response)
      return true
    default:
      await pipeline(answer, response.writeHead(answer.statusCode ?? 502, answer.headers))
      return true
  }
}

function headersOf({ headers }: IncomingMessage) {
  const { 'content-length': _length, 'transfer-encoding': _coding, ...rest } = headers
  return rest
}

async function wholeOf(answer: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Who has read enough of it does not hang up on the server: that would be heard at the other end at once. */
const standing = (answer: IncomingMessage): AsyncIterable<Buffer> =>
  answer.iterator({ destroyOnReturn: false })

/** As it comes, and written before the line is let go. */
async function pass(bytes: AsyncIterable<Buffer>, response: ServerResponse): Promise<void> {
  response.flushHeaders()
  for await (const piece of bytes)
    await new Promise<void>((resolve) => {
      response.write(piece, () => resolve())
    })
}

async function* upToLine(answer: AsyncIterable<Buffer>, lines: number): AsyncGenerator<Buffer> {
  let left = lines
  for await (const chunk of answer) {
    let end = 0
    for (; left > 0 && chunk.includes('\n', end); left -= 1) end = chunk.indexOf('\n', end) + 1
    yield left > 0 ? chunk : chunk.subarray(0, end + 60)
    if (left === 0) return
  }
}

async function* upToByte(answer: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes
  for await (const chunk of answer) {
    yield chunk.subarray(0, left)
    left -= chunk.length
    if (left <= 0) return
  }
}
