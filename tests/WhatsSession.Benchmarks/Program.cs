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
            new WebhookOverLoopback(),
            new EmulatorSend(),
            new EmulatorMemory(),
            new EmulatorStart(),
        ],
            numbers);
    case ["webhooks"]:
        await WebhookServer.RunAsync(file: null);
        return 0;
    case ["webhooks", var file]:
        await WebhookServer.RunAsync(file);
        return 0;
    case ["stub"]:
        await StubServer.RunAsync();
        return 0;
    case ["emulator"]:
        await EmulatorStart.RunEmulatorAsync();
        return 0;
    case ["kestrel"]:
        await EmulatorStart.RunFloorAsync();
        return 0;
    default:
        await Console.Error.WriteLineAsync("Give \"budgets\" to print every figure beside its floor, or with numbers of rows to print those.");
        return 2;
}
