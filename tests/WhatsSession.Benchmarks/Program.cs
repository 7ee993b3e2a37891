using WhatsSession.Benchmarks;

switch (args)
{
    case ["budgets"]:
        return await Budgets.RunAsync(
        [
            new InboundWebhook(),
            new InboundBatch(),
            new SignatureOfSmallBody(),
            new SignatureOfLargeBody(),
            new GuardedSend(),
        ]);
    case ["stub"]:
        await StubServer.RunAsync();
        return 0;
    default:
        await Console.Error.WriteLineAsync("Give \"budgets\" to print every figure beside its floor.");
        return 2;
}
