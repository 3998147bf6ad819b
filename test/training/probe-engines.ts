import { chooseEngine } from '../../main/training/engines/choose-engine.ts';
import { listEngines } from '../../main/training/engines/list-engines.ts';
import { findRecipe } from '../../main/training/recipes/declarations.ts';

// Prints what this machine offers and what mlp would use.
const engines = await listEngines();
const chosen = await chooseEngine(findRecipe('mlp'), null);
process.stdout.write(JSON.stringify({ engines, chosen }));
