import { AppError } from '../../../shared/errors.ts';
import type { ParamValue } from '../../../shared/model/run.ts';
import type { ParamDeclaration, RecipeDeclaration } from '../../../shared/model/train-spec.ts';
import { parseWidths } from './cnn/widths.ts';
import { parseHidden } from './mlp/hidden.ts';

/** The params of a run: those given, checked against the declaration, and the defaults of the rest. PARAM_INVALID names the fault. */
export function checkParams(recipe: RecipeDeclaration, given: Record<string, ParamValue>): Record<string, ParamValue> {
  for (const name of Object.keys(given)) declared(recipe, name);
  const params = Object.fromEntries(
    recipe.params.map((param) => [
      param.name,
      given[param.name] === undefined ? param.default : checked(param, given[param.name]!),
    ]),
  );
  if (recipe.id === 'mlp') parseHidden(String(params.hidden));
  if (params.widths !== undefined) parseWidths(String(params.widths));
  return params;
}

/** Reads the text of `--set name=text` as the type that the param declares. */
export function parseParam(recipe: RecipeDeclaration, name: string, text: string): ParamValue {
  const param = declared(recipe, name);
  if (param.type === 'boolean') {
    if (/^(true|yes|on|1)$/i.test(text)) return true;
    if (/^(false|no|off|0)$/i.test(text)) return false;
    throw new AppError('PARAM_INVALID', `${name} is "${text}"; it is either true or false.`);
  }
  if (param.type === 'number' || param.type === 'integer')
    return checked(param, text.trim() === '' ? Number.NaN : Number(text));
  return checked(param, text);
}

function declared(recipe: RecipeDeclaration, name: string): ParamDeclaration {
  const param = recipe.params.find((one) => one.name === name);
  if (param) return param;
  const known = recipe.params.map((one) => one.name).join(', ');
  throw new AppError('PARAM_INVALID', `${recipe.id} has no param "${name}"; it has ${known}.`);
}

function checked(param: ParamDeclaration, value: ParamValue): ParamValue {
  const { name, type, min, max, choices } = param;
  const refuse = (must: string): never => {
    throw new AppError('PARAM_INVALID', `${name} is ${JSON.stringify(value)}; it must be ${must}.`);
  };
  if (type === 'boolean') return typeof value === 'boolean' ? value : refuse('true or false');
  if (type === 'choice')
    return typeof value === 'string' && choices!.includes(value) ? value : refuse(`one of ${choices!.join(', ')}`);
  if (type === 'text')
    return typeof value === 'string' && value.length <= 200 ? value : refuse('a text of at most 200 characters');
  const range = `${type === 'integer' ? 'a whole number' : 'a number'} from ${min ?? '−∞'} to ${max ?? '∞'}`;
  if (typeof value !== 'number' || !Number.isFinite(value)) return refuse(range);
  if (type === 'integer' && !Number.isSafeInteger(value)) return refuse(range);
  return (min !== null && value < min) || (max !== null && value > max) ? refuse(range) : value;
}
