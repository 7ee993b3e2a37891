using WhatsSession.Benchmarks;

switch (args)
{
    case ["budgets"]:
        return await Budgets.RunAsync(
        [
            new InboundWebhook(),
            new SignatureOfSmallBody(),
            new SignatureOfLargeBody(),
            new GuardedSend(),
            new WebhookOverLoopback(),
        ]);
    case ["budgets", "13"]:
        return await Budgets.RunAsync([new WebhookOverLoopback()]);
    case ["webhooks"]:
        await WebhookServer.RunAsync(file: null);
        return 0;
    case ["webhooks", var file]:
        await WebhookServer.RunAsync(file);
        return 0;
    case ["stub"]:
        await StubServer.RunAsync();
        return 0;
    default:
        await Console.Error.WriteLineAsync("Give \"budgets\" to print every figure beside its floor.");
        return 2;
}
