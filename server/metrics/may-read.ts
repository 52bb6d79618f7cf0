import type { Context } from 'hono'
import { isSameSecret } from '#server/keys/secret.ts'
import { remoteAddress } from '#server/http/address.ts'
import { partsOf } from '#server/http/parts.ts'

const loopback = /^(127(\.\d{1,3}){3}|::1)$/
const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/

/** What a proxy adds: who comes through one sits elsewhere, however near the proxy is. */
const ofProxies = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via']

/** On this machine, to its own address, and not through a proxy. */
function isHere(c: Context): boolean {
  return (
    loopback.test(remoteAddress(c)) &&
    loopbackHost.test(c.req.header('host') ?? '') &&
    ofProxies.every((name) => c.req.header(name) === undefined)
  )
}

function showsToken(c: Context): boolean {
  const { metricsToken } = partsOf(c).config
  const shown = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  return metricsToken !== null && shown !== undefined && isSameSecret(shown, metricsToken)
}

export const mayReadMetrics = (c: Context): boolean => isHere(c) || showsToken(c)
