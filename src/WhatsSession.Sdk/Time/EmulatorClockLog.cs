using Microsoft.Extensions.Logging;

namespace WhatsSession.Time;

/// <summary>What is logged of the emulator's clock.</summary>
internal static partial class EmulatorClockLog
{
    [LoggerMessage(60, LogLevel.Information, "The clock of this application is that of the emulator at {Address}.")]
    public static partial void ClockIsTheEmulators(this ILogger logger, Uri address);

    [LoggerMessage(
        61,
        LogLevel.Warning,
        "The clock of this application is that of the emulator at {Address}, and its environment is {Environment}: AddEmulatorClock is for development alone.")]
    public static partial void ClockIsTheEmulatorsOutsideDevelopment(this ILogger logger, Uri address, string environment);

    [LoggerMessage(
        62,
        LogLevel.Information,
        "The clock of this application is that of the emulator at {Address}: its environment is Development, WhatsSession:GraphBaseAddress is on this "
        + "machine, and no TimeProvider is registered. To keep this machine's clock, register TimeProvider.System before AddWhatsSession.")]
    public static partial void ClockIsTheEmulatorsByItself(this ILogger logger, Uri address);

    [LoggerMessage(63, LogLevel.Information, "What answers at {Address} is no emulator ({Reason}): the clock of this application is this machine's.")]
    public static partial void ClockIsNoEmulators(this ILogger logger, Uri address, string reason);

    [LoggerMessage(
        64,
        LogLevel.Warning,
        "The emulator at {Address} does not answer: the clock goes on by itself, and follows the emulator as soon as it answers. It is told once.")]
    public static partial void EmulatorIsAway(this ILogger logger, Uri address);

    [LoggerMessage(65, LogLevel.Information, "The emulator at {Address} answers, and the clock follows it.")]
    public static partial void EmulatorIsBack(this ILogger logger, Uri address);

    [LoggerMessage(
        66,
        LogLevel.Warning,
        "The emulator's clock went back by {Seconds} seconds, as after its restart, and this application's with it. What its store keeps may be of the future "
        + "now: where that disturbs, start this application anew, with a new store.")]
    public static partial void EmulatorClockWentBack(this ILogger logger, long seconds);

    [LoggerMessage(
        67,
        LogLevel.Information,
        "The clock of this application is this machine's: TimeProvider.System is registered, by the application or by a part of the framework. If what answers "
        + "at {Address} is the emulator, call AddEmulatorClock with that address to follow its clock.")]
    public static partial void ClockIsThisMachines(this ILogger logger, Uri address);
}
