/**
 * Where clients put and find artifacts: always with this server, whatever location they ask for. Nothing of such an address is
 * ever followed (PRIVACY V6).
 */
export const experimentLocation = (study: number): string => `mlflow-artifacts:/${study}`;
export const runLocation = (study: number, run: string): string => `${experimentLocation(study)}/${run}/artifacts`;
export const modelLocation = (study: number, model: string): string =>
  `${experimentLocation(study)}/models/${model}/artifacts`;
