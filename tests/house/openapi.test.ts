import { expect, test } from 'vitest'
import { problemCodes } from '#contract/problem.ts'
import { operationNames } from '#contract/operation.ts'
import { entryKinds, officeKinds } from '#contract/entry-kind.ts'
import { endpoints } from '#server/http/endpoints.ts'
import { refusals } from '#tests/support/refusals.ts'
import { bodyOf, World } from '#tests/support/world.ts'

interface Document {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>
  readonly 'x-problem-codes': object
  readonly 'x-operations': object
  readonly 'x-entry-kinds': object
  readonly 'x-office-kinds': object
}

test('every mounted route is described in the published contract, and no other', async () => {
  const world = await World.create()
  try {
    const answer = await world
      .client()
      .ask('GET', '/api/openapi.json', undefined, { 'Kotikaynti-Protocol': null })
    const document = bodyOf<Document>(answer)
    expect(document.openapi).toBe('3.1.0')
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`)
    )
    const mounted = world.app.routes.map(
      ({ method, pattern }) => `${method} ${pattern.replace(/:(\w+)/g, '{$1}')}`
    )
    expect(described.toSorted()).toEqual(mounted.toSorted())
    expect(Object.keys(document['x-problem-codes'])).toEqual([...problemCodes])
    expect(Object.keys(document['x-operations'])).toEqual([...operationNames])
    expect(Object.keys(document['x-entry-kinds'])).toEqual([...entryKinds])
    expect(Object.keys(document['x-office-kinds'])).toEqual([...officeKinds])
  } finally {
    await world.close()
  }
})

test('what is published about who may ask is what the refusal battery proves', () => {
  for (const [route, { asker }] of Object.entries(refusals))
    expect([route, endpoints[route]?.asker]).toEqual([route, asker])
})
