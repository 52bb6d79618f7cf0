import type { Deed } from './acting.ts'

/** Whoever was warned has seen it: that too is written down. */
export const seeWarnings: Deed<'seen'> = async (change, _, { by, at }) => {
  const record = await change.closingRecord()
  const warnings = record.warnings.map((warning) =>
    warning.to.includes(by) && !warning.seen.some((one) => one.by === by)
      ? { ...warning, seen: [...warning.seen, { by, at }] }
      : warning
  )
  await change.writeClosingRecord({ ...record, warnings })
  return null
}
