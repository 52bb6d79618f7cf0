import { operate } from './launch.js'

await operate('rotate-keys')
