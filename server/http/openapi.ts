import { Hono } from 'hono'
import * as z from 'zod/mini'
import { entryDataSchemas } from '#contract/entry.ts'
import { envelopeSchema } from '#contract/envelope.ts'
import { operationBodySchemas, operationSchema } from '#contract/operation.ts'
import { officeDataSchemas } from '#contract/office-entry.ts'
import { outcomeCodes, outcomeSchema } from '#contract/outcome.ts'
import { problemSchema, problemStatus } from '#contract/problem.ts'
import { frameSchema } from '#contract/pull.ts'
import { protocolHeader, protocolHistory, protocolVersion } from '#contract/version.ts'
import { taskViews } from '#contract/view.ts'
import { endpoints, type Endpoint } from './endpoints.ts'
import { openToAll } from './gate.ts'

const shape = (schema: z.ZodMiniType, io: 'input' | 'output') => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}

const shapes = (schemas: Readonly<Record<string, z.ZodMiniType>>) =>
  Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, shape(schema, 'input')])
  )

const problem = {
  description: 'RFC 9457; `code` is from the closed list in `x-problem-codes`',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
}

const cookies: Readonly<Record<Endpoint['asker'], readonly object[]>> = {
  anyone: [],
  operator: [{}, { metrics: [] }],
  device: [{ device: [] }],
  user: [{ session: [] }],
  ready: [{ session: [], device: [] }],
  'main-user': [{ session: [] }]
}

/** What is no id. */
const parameters: Readonly<Record<string, object>> = {
  page: { type: 'integer' },
  number: { type: 'string' }
}

function describe(address: string, endpoint: Endpoint): object {
  const { summary, request, answer, status = 200, asker } = endpoint
  const { stream, events, upload, picture, file } = endpoint
  const media = stream ? 'application/x-ndjson' : 'application/json'
  const names = [...address.matchAll(/:(\w+)/g)].map(([, name]) => name)
  return {
    summary,
    'x-asker': asker,
    security: cookies[asker],
    parameters: [
      ...names.map((name) => ({
        name,
        in: 'path',
        required: true,
        schema: parameters[name ?? ''] ?? { type: 'string', format: 'uuid' }
      })),
      ...(openToAll.has(address) ? [] : [{ $ref: '#/components/parameters/Protocol' }])
    ],
    ...(request
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: shape(request, 'input') } }
          }
        }
      : {}),
    ...(upload
      ? {
          requestBody: {
            required: true,
            content: {
              'application/octet-stream': { schema: { type: 'string', format: 'binary' } }
            }
          }
        }
      : {}),
    responses: {
      ...(picture
        ? { 200: { description: 'Done', content: { 'image/jpeg': {}, 'image/png': {} } } }
        : {}),
      ...(events
        ? { 200: { description: 'Listening', content: { 'text/event-stream': {} } } }
        : {}),
      ...(file ? { 200: { description: 'Done', content: { [file]: {} } } } : {}),
      ...(answer
        ? {
            [status]: {
              description: 'Done',
              content: { [media]: { schema: shape(answer, 'output') } }
            }
          }
        : picture || file || events
          ? {}
          : { 204: { description: 'Done' } }),
      default: problem
    }
  }
}

/** The contract, whole: anyone could write another client from it. */
export function openapiDocument(version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, object>> = {}
  for (const [route, endpoint] of Object.entries(endpoints)) {
    const [method = '', address = ''] = route.split(' ')
    const path = address.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [method.toLowerCase()]: describe(address, endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Kotikäynti', version, description: protocolHistory.join('\n') },
    paths,
    components: {
      parameters: {
        Protocol: {
          name: protocolHeader,
          in: 'header',
          required: true,
          schema: { const: String(protocolVersion) }
        }
      },
      securitySchemes: {
        metrics: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-session' },
        device: { type: 'apiKey', in: 'cookie', name: '__Host-device-{id}' }
      },
      schemas: {
        Problem: shape(problemSchema, 'output'),
        Outcome: shape(outcomeSchema, 'output'),
        Envelope: shape(envelopeSchema, 'input'),
        Operation: shape(operationSchema, 'input'),
        Frame: shape(frameSchema, 'output')
      }
    },
    'x-protocol-history': protocolHistory,
    'x-problem-codes': problemStatus,
    'x-outcome-codes': outcomeCodes,
    'x-entry-kinds': shapes(entryDataSchemas),
    'x-office-kinds': shapes(officeDataSchemas),
    'x-operations': shapes(operationBodySchemas),
    'x-views': taskViews
  }
}

export function openapiRoutes(version: string): Hono {
  const app = new Hono()
  let document: string | null = null
  app.get('/api/openapi.json', (c) => {
    document ??= JSON.stringify(openapiDocument(version))
    return c.body(document, 200, { 'Content-Type': 'application/json' })
  })
  return app
}
