import { Page, Sheet } from '../../parts/Page';
import { useSession } from '../../app/session';
import { texts } from '../../texts';
import { NotifySetting } from './NotifySetting';
import { PasswordForm } from './PasswordForm';
import { SecondFactor } from './SecondFactor';
import { Sessions } from './Sessions';

/** What concerns one's own account alone. */
export default function SettingsPage() {
  const { me } = useSession();
  return (
    <Page title={texts.settings.title} hint={texts.settings.signedInAs(me.display_name, texts.people.roles[me.role], me.college)}>
      <Sheet title={texts.settings.notify}>
        <NotifySetting />
      </Sheet>
      <Sheet title={texts.settings.password}>
        <PasswordForm />
      </Sheet>
      <Sheet title={texts.settings.totp}>
        <SecondFactor />
      </Sheet>
      <Sheet title={texts.settings.sessions}>
        <Sessions />
      </Sheet>
    </Page>
  );
}
