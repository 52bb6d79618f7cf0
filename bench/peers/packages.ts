import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'

/**
 * The peers weigh more than the project and are no dependencies of it: they are installed in a folder apart, which
 * `PEERS` names.
 */
export const versions = {
  pouchdb: '9.0.0',
  'express-pouchdb': '4.2.0',
  express: '4.22.3',
  rxdb: '17.6.0',
  rxjs: '7.8.2',
  'crypto-js': '4.2.0'
} as const

const names = Object.entries(versions).map(([name, version]) => `${name}@${version}`)

/** From nothing to the figures. */
export const commands = `mkdir -p ../peers
npm install --prefix ../peers ${names.join(' ')}
npm run build
PEERS=../peers npm run bench -- peers`

export function peersFolder(): string {
  const folder = process.env['PEERS']
  if (!folder) throw new Error(`The peers are not here:\n${commands}`)
  return resolve(folder)
}

export function requirePeer(name: keyof typeof versions): unknown {
  const require = createRequire(join(peersFolder(), 'package.json'))
  return require(name)
}

/** What is really there, which is what was measured. */
export function versionOf(name: keyof typeof versions): string {
  const require = createRequire(join(peersFolder(), 'package.json'))
  const { version } = require(join(peersFolder(), 'node_modules', name, 'package.json')) as {
    version: string
  }
  return version
}
