import { expect, test } from 'vitest'
import { outcomeCodes } from '#contract/outcome.ts'
import { openapiDocument } from './openapi.ts'

interface Described {
  readonly parameters: readonly object[]
}

test('the protocol number is asked for everywhere but where anyone may look', () => {
  const { paths, ...rest } = openapiDocument('1')
  const described = paths as Readonly<Record<string, Readonly<Record<string, Described>>>>
  const protocol = { $ref: '#/components/parameters/Protocol' }
  const unasked = Object.entries(described).filter(([, methods]) =>
    Object.values(methods).some(
      ({ parameters }) => !JSON.stringify(parameters).includes(protocol.$ref)
    )
  )
  expect(unasked.map(([path]) => path).sort()).toEqual([
    '/api/certificates/key',
    '/api/health',
    '/api/metrics',
    '/api/openapi.json'
  ])
  expect(rest).toMatchObject({ 'x-outcome-codes': outcomeCodes })
})
