import { operate } from './launch.js'

await operate('move')
