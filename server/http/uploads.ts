import type { Context } from 'hono'
import { emblemLimits } from '#contract/emblem.ts'
import { rescueFileBytes } from '#contract/rescue-format.ts'
import { Problem } from './problem.ts'

interface Upload {
  readonly types: readonly string[]
  readonly limitBytes: number
}

const importLimitBytes = 25 * 1024 * 1024

/** The routes that take a file as it is, or as much as one. */
export const uploads: Readonly<Record<string, Upload>> = {
  'PUT /api/office/customerships/:id/documents/:document/pages/:page': {
    types: ['application/octet-stream', 'image/jpeg', 'image/png'],
    limitBytes: 25 * 1024 * 1024
  },
  'PUT /api/office/organisation/emblem': {
    types: ['application/octet-stream', 'image/jpeg', 'image/png'],
    limitBytes: emblemLimits.bytes
  },
  'POST /api/rescue': { types: ['application/json'], limitBytes: rescueFileBytes },
  'POST /api/office/import': { types: ['application/json'], limitBytes: importLimitBytes },
  'POST /api/office/import/check': { types: ['application/json'], limitBytes: importLimitBytes }
}

/** The name that is told says nothing of what is in it, but a form of ours tells one of these. */
export function requireUploadType(c: Context, { types }: Upload): void {
  const type = c.req.header('content-type')
  if (type !== undefined && !types.includes(type.toLowerCase())) throw new Problem('not-json')
  if (c.req.header('content-encoding') !== undefined) throw new Problem('not-json')
}
