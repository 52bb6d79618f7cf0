import { launch } from './launch.js'

await launch('server/demo.ts')
