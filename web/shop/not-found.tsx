import { Anchor, Text, Title } from '@mantine/core';

export function NotFound() {
  return (
    <main className="narrow">
      <Title order={1} size="h2" mb="sm">
        Nothing here
      </Title>
      <Text>
        The address is wrong or the page is gone.{' '}
        <Anchor href="/jobs" underline="always">
          Go to the jobs
        </Anchor>
      </Text>
    </main>
  );
}
