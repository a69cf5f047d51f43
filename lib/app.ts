import { App } from 'aws-cdk-lib';
import { buildKerf } from './kerf.ts';
import { builtPages, readSettings } from './settings.ts';

const app = new App();
buildKerf(app, readSettings(app), builtPages());
