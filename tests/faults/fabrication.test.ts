import { faults } from './faults.ts';
import { proveFaults } from './prove.ts';

proveFaults(faults.fabrication, () => import('../integration/lifecycle-fabrication.test.ts'));
