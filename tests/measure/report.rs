//! The figures, as a table and as JSON.

use serde::Serialize;

/// One measured figure.
#[derive(Serialize)]
pub struct Figure {
    set: String,
    #[serde(rename = "figure")]
    name: String,
    value: f64,
    /// `%`, or empty for a count.
    unit: &'static str,
    goal: Option<String>,
    reached: Option<bool>,
    n: usize,
}

/// What a figure should be.
#[derive(Clone, Copy)]
pub enum Goal {
    /// Nothing is asked; the figure is worth knowing.
    Inform,
    /// At least this.
    AtLeast(f64),
    /// At most this.
    AtMost(f64),
}

/// All figures, and the rows that missed them.
#[derive(Default)]
pub struct Report {
    figures: Vec<Figure>,
    misses: Vec<(String, String)>,
    notices: Vec<String>,
}

impl Report {
    /// Adds a share of `n` rows as a percentage.
    pub fn share(
        &mut self,
        set: &str,
        figure: &str,
        hits: usize,
        n: usize,
        goal: Goal,
    ) {
        #[allow(clippy::cast_precision_loss)]
        let value = 100.0 * hits as f64 / n.max(1) as f64;
        self.figure(set, figure, value, "%", n, goal);
    }

    /// Adds a count among `n` rows.
    pub fn count(
        &mut self,
        set: &str,
        figure: &str,
        count: usize,
        n: usize,
        goal: Goal,
    ) {
        #[allow(clippy::cast_precision_loss)]
        self.figure(set, figure, count as f64, "", n, goal);
    }

    /// Adds a figure as it is.
    pub fn figure(
        &mut self,
        set: &str,
        figure: &str,
        value: f64,
        unit: &'static str,
        n: usize,
        goal: Goal,
    ) {
        let (reached, goal) = match goal {
            Goal::Inform => (None, None),
            Goal::AtLeast(least) => {
                (Some(value >= least), Some(format!("≥ {least}{unit}")))
            }
            Goal::AtMost(most) => {
                (Some(value <= most), Some(format!("≤ {most}{unit}")))
            }
        };
        // A set without rows reaches nothing.
        let reached = reached.map(|r| r && n > 0);
        let (set, figure) = (set.to_owned(), figure.to_owned());
        self.figures.push(Figure {
            set,
            name: figure,
            value,
            unit,
            goal,
            reached,
            n,
        });
    }

    /// Notes a row that missed; listed with `--misses SET`.
    pub fn miss(&mut self, set: &str, row: impl Into<String>) {
        self.misses.push((set.to_owned(), row.into()));
    }

    /// Notes something that is always listed: a genuine mail that alarms.
    pub fn notice(&mut self, text: impl Into<String>) {
        self.notices.push(text.into());
    }

    /// Prints the notices, the misses of the named sets and the table.
    pub fn print(&self, sets: &[String]) {
        for (set, row) in &self.misses {
            if sets.iter().any(|s| set.starts_with(s.as_str())) {
                println!("miss\t{set}\t{row}");
            }
        }
        for notice in &self.notices {
            println!("{notice}");
        }
        println!(
            "{:<24} {:<46} {:>9} {:>10} {:>8}",
            "set", "figure", "value", "goal", "n"
        );
        for f in &self.figures {
            let sign = match f.reached {
                Some(true) => "ok",
                Some(false) => "MISSED",
                None => "",
            };
            let digits = if f.unit.is_empty() { 0 } else { 2 };
            println!(
                "{:<24} {:<46} {:>9} {:>10} {:>8} {sign}",
                f.set,
                f.name,
                format!("{:.digits$}{}", f.value, f.unit),
                f.goal.as_deref().unwrap_or("-"),
                f.n,
            );
        }
    }

    /// Writes the figures as one JSON array.
    pub fn write_json(&self, path: &str) -> Result<(), String> {
        let failed = |e: std::io::Error| format!("{path}: {e}");
        if let Some(parent) = std::path::Path::new(path).parent() {
            std::fs::create_dir_all(parent).map_err(failed)?;
        }
        let json = serde_json::to_string_pretty(&self.figures)
            .map_err(|e| format!("{path}: {e}"))?;
        std::fs::write(path, json + "\n").map_err(failed)?;
        println!("written as JSON to {path}");
        Ok(())
    }
}
