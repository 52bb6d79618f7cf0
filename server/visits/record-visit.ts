import { entryMadeBy } from '#contract/id.ts'
import type { Visit } from '#contract/visit.ts'
import type { Deed } from '#server/access/deed.ts'

/**
 * Records what happened at a planned visit, or at one that nobody planned. The plan is kept beside it.
 * §6: a visit is recorded against a decision.
 */
export const recordVisit: Deed<'visit.record'> = async (change, operation) => {
  const { visit, ...recorded } = operation.body
  if (!(await change.entry('decision', recorded.decision)))
    return { outcome: 'awaiting-decision', code: 'invalid' }

  const current = await change.entry('visit', visit)
  const plan = {
    ...(current?.data.plannedStart ? { plannedStart: current.data.plannedStart } : {}),
    ...(current?.data.plannedEnd ? { plannedEnd: current.data.plannedEnd } : {}),
    ...(current?.data.series ? { series: current.data.series } : {}),
    ...(current?.data.exception ? { exception: current.data.exception } : {})
  }
  const data: Visit = { ...plan, ...recorded, worker: operation.author }
  const mayContinue =
    !current || current.data.state === 'planned' || current.revision === operation.based
  if (mayContinue) {
    const forkOf = current?.data.forkOf
    await change.put('visit', visit, { ...data, ...(forkOf ? { forkOf } : {}) }, operation.author)
    return { outcome: 'applied', revision: change.revision }
  }
  await change.put('visit', entryMadeBy(operation.id), { ...data, forkOf: visit }, operation.author)
  return { outcome: 'applied', revision: change.revision, code: 'forked' }
}
