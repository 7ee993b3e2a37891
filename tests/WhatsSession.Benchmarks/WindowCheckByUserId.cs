using System.Globalization;

namespace WhatsSession.Benchmarks;

/// <summary>Row 5 by business-scoped user id.</summary>
internal sealed class WindowCheckByUserId : WindowCheck
{
    public override string Number => "5b";

    public override string Name => "window check at 1M, by user id";

    public override double TimeBudget => 3;

    protected override string PartyOf(int number) => string.Create(CultureInfo.InvariantCulture, $"US.4091726354881{number:D7}");
}
