import * as z from 'zod/mini'
import { demoSchema } from '#contract/demo.ts'
import { sessionAnswerSchema, sessionIfAnySchema, type Pending } from '#contract/session.ts'
import { api } from '#lib/http/api.ts'

/** What a session asks of the server. */

export const askWhoIsHere = () => api('GET', '/api/session/if-any', undefined, sessionIfAnySchema)

export const askForDemo = () => api('GET', '/api/demo', undefined, demoSchema)

export const askToEnter = (body: { readonly username: string; readonly password: string }) =>
  api('POST', '/api/session', body, sessionAnswerSchema)

export const tellOfLeaving = () => api('DELETE', '/api/session', undefined, z.undefined())

export const tellOfLocking = () => api('POST', '/api/session/lock', {}, z.undefined())

export const tellDone = (body: { readonly done: Pending; readonly password?: string }) =>
  api('POST', '/api/session/pending', body, sessionAnswerSchema)
