import type { Operation } from '#contract/operation.ts'
import { lastNumber, placeTogether } from '#lib/outbox/outbox.ts'
import type { Replica } from './replica.svelte.ts'
import type { Submission } from './submit.ts'

const longestRace = 20

/** Resolves when all of them are durable; cut off before it, none of them is: a time is not half divided. */
export function submitTogether(
  replica: Pick<Replica, 'alone' | 'given'>,
  submissions: readonly Submission[]
): Promise<void> {
  return replica.alone(async (submitting, { database }) => {
    const operations: Operation[] = []
    for (const submission of submissions)
      operations.push(await submitting.following(await replica.given(submission)))
    for (let race = 0; race < longestRace; race += 1) {
      const first = (await lastNumber(database)) + 1
      const placings = await Promise.all(
        operations.map((operation, index) => submitting.seal(operation, first + index))
      )
      // False: another tab took a number, which every signature after it names.
      if (!(await placeTogether(database, placings))) continue
      for (const [index, operation] of operations.entries())
        submitting.wrote(operation, placings[index]?.row.line ?? null)
      return
    }
    throw new Error('the outbox is busy')
  })
}
