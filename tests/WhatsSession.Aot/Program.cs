using WhatsSession.Aot;

// Published as a native binary by eng/ci.sh: every package is in it whole.
switch (args)
{
    case []:
        await RoundTrip.RunAsync();
        Console.WriteLine("aot ok");
        return 0;
    case ["start"]:
        await StartUp.RunSdkAsync();
        return 0;
    case ["start-floor"]:
        await StartUp.RunFloorAsync();
        return 0;
    default:
        await Console.Error.WriteLineAsync("Give no argument for the round trip; start or start-floor print the milliseconds until the process is ready.");
        return 2;
}
