import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { envelopeSchema } from '#contract/envelope.ts'
import { operationSchema } from '#contract/operation.ts'
import { pullRequestSchema } from '#contract/pull.ts'
import { pushRequestSchema } from '#contract/push.ts'

const folder = new URL('recorded/', import.meta.url)

interface Recorded {
  readonly operations: readonly unknown[]
  readonly pulls: readonly unknown[]
  readonly pushes: readonly { readonly envelopes: readonly unknown[] }[]
}

test.each(readdirSync(folder))(
  'an outbox and a tablet of protocol %s are still understood',
  (file) => {
    const recorded = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Recorded
    for (const operation of recorded.operations)
      expect(operationSchema.safeParse(operation).error).toBeUndefined()
    for (const pull of recorded.pulls)
      expect(pullRequestSchema.safeParse(pull).error).toBeUndefined()
    for (const push of recorded.pushes) {
      expect(pushRequestSchema.safeParse(push).error).toBeUndefined()
      for (const envelope of push.envelopes)
        expect(envelopeSchema.safeParse(envelope).error).toBeUndefined()
    }
  }
)
