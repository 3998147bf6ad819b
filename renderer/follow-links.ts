import { api } from './api.ts';
import { to } from './ui/navigation.ts';

/** Goes where links from outside lead, one that came before the page too. A study that is not there leads to all runs. */
export function followLinks(navigate: (path: string) => void): () => void {
  async function follow() {
    const link = await api.call('app.takeLink', {});
    if (link === null) return;
    if ('run' in link) return navigate(to.run(link.run));
    const study = await api.call('studies.numbered', { number: link.study });
    navigate(study === null ? to.runs : to.study(study.name));
  }
  void follow();
  return api.on('link.waiting', () => void follow());
}
