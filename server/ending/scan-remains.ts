import { dayAt, toMoment } from '#contract/day.ts'
import type { EndingParts } from './delete-customership.ts'
import { certifyScan } from './certificate.ts'

/**
 * §7: after the deletion every file is read through, byte by byte, for whatever was erased. The
 * certificate tells what came of it; what was found is looked for again the next day.
 */
export function scanRemains(parts: EndingParts): Promise<void> {
  const { store, clock, log } = parts
  return store.scanner.inTurn(async () => {
    const due = await store.marks.due(dayAt(clock.now()))
    if (due.length === 0) return
    const scanned = await store.scanner.look(due.map(({ marks }) => marks))
    if (!scanned) return
    const now = clock.now()
    for (const [index, { customership }] of due.entries()) {
      const { marks = 0, found = 0 } = scanned.sets[index] ?? {}
      const { files, bytes } = scanned
      await store.register.transact(async () => {
        const certificate = await store.certificates.find(customership)
        if (certificate)
          await certifyScan(parts, certificate, { at: toMoment(now), files, bytes, marks, found })
        await store.marks.scanned(customership, now, found)
        if (found > 0)
          log.write('scan-found', { certificate: certificate?.number ?? null, found, marks })
      })
    }
  })
}

/** Nobody waits for it. One that fails or is cut short is made up for by the next run of what is due. */
export function scanInBackground(parts: EndingParts): void {
  scanRemains(parts).catch((error: unknown) => {
    parts.log.write('scan-failed', { error: error instanceof Error ? error.name : typeof error })
  })
}
