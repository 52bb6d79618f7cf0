import { expect, test } from 'vitest'
import { createLog } from './log.ts'

test('§5 what does not look like a code is withheld', () => {
  const lines: string[] = []
  const log = createLog(
    () => '2026-11-22T07:00:00.000Z',
    (line) => lines.push(line)
  )
  log.write('request-failed', { route: '/api/devices/:id/state', status: 500, name: 'Aino Äyräs' })
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    at: '2026-11-22T07:00:00.000Z',
    event: 'request-failed',
    route: '/api/devices/:id/state',
    status: 500,
    name: '(withheld)'
  })
})
