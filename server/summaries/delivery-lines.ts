import type { DeliveryLine } from '#contract/summary-request.ts'

type Tell = (line: DeliveryLine) => void

/**
 * A delivery's answer, a line each. Whoever asked may go away before the passphrase has come: then nobody can
 * open what they have, and the work is told to stop before it says that anything left.
 */
export function deliveryLines(
  work: (tell: Tell, signal: AbortSignal) => Promise<void>
): ReadableStream {
  const encoder = new TextEncoder()
  const watched = new AbortController()
  const { signal } = watched
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const tell = (line: DeliveryLine) => {
        if (!signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`))
      }
      void work(tell, signal).then(
        () => signal.aborted || controller.close(),
        // §5: whoever serves the stream prints what it failed with.
        () => signal.aborted || controller.error(new Error('a delivery was cut'))
      )
    },
    cancel() {
      watched.abort()
    }
  })
}
