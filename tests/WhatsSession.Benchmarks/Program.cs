using WhatsSession.Benchmarks;

switch (args)
{
    case ["budgets", .. var numbers]:
        return await Budgets.RunAsync(
        [
            new InboundWebhook(),
            new InboundBatch(),
            new SignatureOfSmallBody(),
            new SignatureOfLargeBody(),
            new GuardedSend(),
            new WebhookOverLoopback(file: null),
        ],
            numbers);
    case ["rate"]:
        await WebhookRate.RunAsync(file: null);
        return 0;
    case ["rate", var file]:
        await WebhookRate.RunAsync(file);
        return 0;
    case ["webhooks"]:
        await WebhookServer.RunAsync(file: null);
        return 0;
    case ["webhooks", var store]:
        await WebhookServer.RunAsync(store);
        return 0;
    case ["stub"]:
        await StubServer.RunAsync();
        return 0;
    default:
        await Console.Error.WriteLineAsync("Give \"budgets\" to print every figure beside its floor, or with numbers of rows to print those; \"rate\" to print webhooks a second, in memory or with the name of a new file.");
        return 2;
}
